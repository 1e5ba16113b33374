#!/usr/bin/env node
// CommonJS, because that starts 8 ms faster than a module; what runs is src/cli/nginxlint.ts
require('../dist/launch.cjs').launch('nginxlint');
