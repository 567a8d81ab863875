import { FrameReader, type Frame } from './frames';

// printf world | sha256sum, printf '' | sha256sum
const WORLD = '486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5a6c65260e9cb8a7';
const NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const STREAM = Buffer.from(
  [
    `{"kind":"booted","length":0,"sha256":"${NOTHING}"}\n`,
    `{"kind":"file","name":"hello","length":5,"sha256":"${WORLD}"}\nworld`,
    `{"kind":"ended","exitCode":3,"length":5,"sha256":"${WORLD}"}\nworld`,
  ].join(''),
);
const FRAMES: readonly Frame[] = [
  { kind: 'booted' },
  { kind: 'file', name: 'hello', data: Buffer.from('world') },
  { kind: 'ended', exitCode: 3, printed: 'world' },
];

test.each([1, 7, 64, STREAM.length])('frames are read in pieces of %d bytes', (size) => {
  const reader = new FrameReader();
  const frames: Frame[] = [];
  for (let at = 0; at < STREAM.length; at += size)
    frames.push(...reader.push(STREAM.subarray(at, at + size)));
  expect(frames).toEqual(FRAMES);
});

test('a cut stream has no frame more than it holds', () => {
  expect(new FrameReader().push(STREAM.subarray(0, STREAM.length - 1))).toEqual(FRAMES.slice(0, 2));
});

test('a frame that was changed on the way is refused', () => {
  const changed = Buffer.from(STREAM);
  changed.write('W', STREAM.length - 5);
  expect(() => new FrameReader().push(changed)).toThrow("The guest's ended did not arrive as it was sent");
});
