#!/usr/bin/env node
// The command. It is plain JavaScript because Node starts it before a TypeScript hook is active.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
require('ts-node').register({ cwd: fileURLToPath(new URL('..', import.meta.url)), transpileOnly: true });
require('./cli/process.ts');
