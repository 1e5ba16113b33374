/*
 * What nginx itself says about a configuration, word for word: one name for each of its messages. They are facts of
 * nginx's interface; people search for them. Values are byte strings.
 */

export const unknownDirective = (name: string) => `unknown directive "${name}"`;
export const notAllowedHere = (name: string) => `"${name}" directive is not allowed here`;
export const notTerminated = (name: string) => `directive "${name}" is not terminated by ";"`;
export const noOpening = (name: string) => `directive "${name}" has no opening "{"`;
export const invalidNumberOfArguments = (name: string) => `invalid number of arguments in "${name}" directive`;
export const directive = (name: string, what: string) => `"${name}" directive ${what}`;
export const unexpected = (what: string) => `unexpected "${what}"`;
export const endOfFile = 'unexpected end of file, expecting ";" or "}"';
export const endOfParameter = 'unexpected end of parameter, expecting ";"';
export const endOfFileInBlock = 'unexpected end of file, expecting "}"';
export const blocksNotInOption = 'block directives are not supported in -g option';
export const openFailed = (path: string, errno: number, error: string) => `open() "${path}" failed (${errno}: ${error})`;

export const notOnOrOff = (value: string, name: string) => `invalid value "${value}" in "${name}" directive, it must be "on" or "off"`;
export const invalidValue = (value: string) => `invalid value "${value}"`;
export const duplicateValue = (value: string) => `duplicate value "${value}"`;
export const invalidParameter = (value: string) => `invalid parameter "${value}"`;
export const lessThan = (low: number) => `value must be equal to or greater than ${low}`;
export const notBetween = (low: number, high: number) => `value must be between ${low} and ${high}`;

export const invalidVariableName = 'invalid variable name';
export const invalidVariable = (name: string) => `invalid variable name "${name}"`;
export const missingClosingBracket = (name: string) => `the closing bracket in "${name}" variable is missing`;
export const unknownVariable = (name: string) => `unknown "${name}" variable`;
export const duplicateVariable = (name: string) => `the duplicate "${name}" variable`;

export const noEvents = 'no "events" section in configuration';
