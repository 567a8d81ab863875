#!/usr/bin/env node
// The command. It is plain JavaScript because Node starts it before it can load TypeScript.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compileTypeScript } from './compile.mjs';

compileTypeScript(fileURLToPath(new URL('..', import.meta.url)));
createRequire(import.meta.url)('./cli/process.ts');
