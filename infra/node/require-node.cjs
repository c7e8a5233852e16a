// Runs ahead of every command, so that a Node that is too old ends in a sentence and not in a syntax error of our
// sources. CommonJS of 2015, which any Node parses, and without dependencies.
'use strict';

const { engines, optionalDependencies } = require('../../package.json');

const [wanted] = /\d+/.exec(engines.node);
const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

const remedy =
  optionalDependencies[`node-${platform}`] === undefined
    ? `"npm ci" brings none for ${platform}: install Node ${wanted} (https://nodejs.org) and put it first on the PATH.`
    : `Run "npm ci", which brings Node ${wanted} for ${platform}, and then the command by npm ("npm start"), which finds it.`;

if (process.versions.node.split('.')[0] !== wanted) {
  process.stderr.write(
    `contact-sync runs on Node ${wanted}; this is ${process.versions.node} (${process.execPath}).\n${remedy}\n`,
  );
  process.exit(1);
}
