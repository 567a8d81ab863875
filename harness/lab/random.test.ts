import { Random } from './random';

test('the same seed and name give the same numbers, another of either does not', () => {
  const numbers = (seed: number, name: string): number[] => {
    const random = new Random(seed, name);
    return Array.from({ length: 8 }, () => random.uint32());
  };
  expect(numbers(1, 'a')).toEqual(numbers(1, 'a'));
  expect(numbers(1, 'a')).not.toEqual(numbers(2, 'a'));
  expect(numbers(1, 'a')).not.toEqual(numbers(1, 'b'));
});

test('every byte value comes, about as often as any other', () => {
  const counts = new Map<number, number>();
  for (const byte of new Random(7, 'bytes').bytes(256 * 400)) counts.set(byte, (counts.get(byte) ?? 0) + 1);
  expect(counts.size).toBe(256);
  // 400 of each are expected; 300 and 500 are five standard deviations away.
  for (const count of counts.values()) expect(Math.abs(count - 400)).toBeLessThan(100);
});

test('fill leaves the rest alone', () => {
  const bytes = Buffer.alloc(16);
  new Random(1, 'fill').fill(bytes, 3, 10);
  expect([...bytes.subarray(0, 3), ...bytes.subarray(10)]).toEqual(Array(9).fill(0));
});

test('integer stays in its range', () => {
  const random = new Random(1, 'integer');
  for (let round = 0; round < 1000; round += 1) {
    const value = random.integer(5, 8);
    expect([5, 6, 7]).toContain(value);
  }
});
