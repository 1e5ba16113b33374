#!/usr/bin/env node
// CommonJS, because that starts 8 ms faster than a module; what runs is src/cli/nginxrun.ts
require('../dist/launch.cjs').launch('nginxrun');
