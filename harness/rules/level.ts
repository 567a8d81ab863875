/** How strongly a document asks. */
export type Level = 'must' | 'should' | 'may' | 'observation';
