import { currentPlatform } from './current';
import { linux } from './linux/linux';
import { windows } from './windows/windows';

/** For tests of what only one system can be asked: elsewhere they are skipped, and show as skipped. */
export const testOnLinux = currentPlatform() === linux ? test : test.skip;

/** The same for Windows, or Wine in its place. */
export const describeOnWindows = currentPlatform() === windows ? describe : describe.skip;

/** The same for Wine, which has no raw ICMPv6 sockets. */
export const describeUnderWine = currentPlatform().name === 'wine' ? describe : describe.skip;
