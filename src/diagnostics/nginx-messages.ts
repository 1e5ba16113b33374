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

export const notOnOrOff = (value: string, name: string) =>
  `invalid value "${value}" in "${name}" directive, it must be "on" or "off"`;
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

export const inListen = (err: string, url: string) => `${err} in "${url}" of the "listen" directive`;
export const invalidOption = (name: string, word: string) => `invalid ${name} "${word}"`;
export const invalidIpv6only = (flags: string) => `invalid ipv6only flags "${flags}"`;
export const invalidSoKeepalive = (value: string) => `invalid so_keepalive value: "${value}"`;
export const duplicateListen = (address: string) => `a duplicate listen ${address}`;
export const duplicateListenOptions = (address: string) => `duplicate listen options for ${address}`;
export const duplicateDefaultServer = (address: string) => `a duplicate default server for ${address}`;
export const duplicateAddressAndPort = (address: string) => `duplicate "${address}" address and port pair`;
export const conflictingServerName = (name: string, address: string) =>
  `conflicting server name "${name}" on ${address}, ignored`;
export const invalidServerNameOrWildcard = (name: string, address: string) =>
  `invalid server name or wildcard "${name}" on ${address}`;
export const invalidServerName = (name: string) => `server name "${name}" is invalid`;
export const suspiciousServerName = (name: string) => `server name "${name}" has suspicious symbols`;
export const emptyRegexInServerName = (name: string) => `empty regex in server name "${name}"`;

export const invalidLocationModifier = (word: string) => `invalid location modifier "${word}"`;
export const insideExactLocation = (name: string, outer: string) =>
  `location "${name}" cannot be inside the exact location "${outer}"`;
export const insideNamedLocation = (name: string, outer: string) =>
  `location "${name}" cannot be inside the named location "${outer}"`;
export const namedOnServerLevelOnly = (name: string) => `named location "${name}" can be on the server level only`;
export const outsideLocation = (name: string, outer: string) => `location "${name}" is outside location "${outer}"`;
export const duplicateLocation = (name: string, file: string, line: number) => `duplicate location "${name}" in ${file}:${line}`;

export const duplicateAfter = (name: string, earlier: string) =>
  `"${name}" directive is duplicate, "${earlier}" directive was specified earlier`;
export const aliasInNamedLocation = 'the "alias" directive cannot be used inside the named location';
export const rootVariableIn = (variable: string, name: string) =>
  `the $${variable} variable cannot be used in the "${name}" directive`;
export const invalidMethod = (method: string) => `invalid method "${method}"`;
export const statusNotBetween = (value: string) => `value "${value}" must be between 300 and 599`;
export const invalidParameterOf = (directiveName: string, word: string) => `invalid "${directiveName}" parameter "${word}"`;
export const mustHaveMax = (directiveName: string) => `"${directiveName}" must have the "max" parameter`;
export const logCacheMustHaveMax = '"open_log_file_cache" must have "max" parameter';
export const poolSizeTooSmall = (least: number) => `the pool size must be no less than ${least}`;
export const poolSizeNotMultiple = (factor: number) => `the pool size must be a multiple of ${factor}`;
export const duplicateExtension = (extension: string, type: string, before: string) =>
  `duplicate extension "${extension}", content type: "${type}", previous content type: "${before}"`;
export const duplicateMimeType = (type: string) => `duplicate MIME type "${type}"`;
export const symlinksMustHave = (name: string) => `"${name}" must have "off", "on" or "if_not_owner" parameter`;
export const duplicateParameters = (one: string, two: string) => `duplicate parameters "${one} ${two}"`;
export const fromWithOff = '"from=" cannot be used with "off" parameter';
export const largeBuffersTooSmall =
  'the "large_client_header_buffers" size must be equal to or greater than "connection_pool_size"';

export const regexFailed = (error: string, pattern: string, rest: string) =>
  `pcre2_compile() failed: ${error} in "${pattern}"${rest === '' ? '' : ` at "${rest}"`}`;
export const regexFailedBefore2 = (error: string, pattern: string, rest: string) =>
  `pcre_compile() failed: ${error} in "${pattern}"${rest === '' ? '' : ` at "${rest}"`}`;
export const listenHttp2Deprecated = 'the "listen ... http2" directive is deprecated, use the "http2" directive instead';

export const emptyReplacement = 'empty replacement';
export const invalidReturnCode = (code: string) => `invalid return code "${code}"`;
export const invalidCondition = (word: string) => `invalid condition "${word}"`;
export const unexpectedInCondition = (word: string) => `unexpected "${word}" in condition`;
export const unsupportedHere = (what: string) => `"${what}" is unsupported on this platform`;

export const invalidNumberOfParameters = (what: string) => `invalid number of the ${what} parameters`;
export const duplicateDefaultMapParameter = 'duplicate default map parameter';
export const invalidHostnameOrWildcard = (name: string) => `invalid hostname or wildcard "${name}"`;
export const conflictingParameter = (name: string) => `conflicting parameter "${name}"`;
export const rangesMustBeFirst = 'the "ranges" directive must be the first directive inside "geo" block';
export const invalidNetwork = (text: string) => `invalid network "${text}"`;
export const lowBitsMeaningless = (text: string) => `low address bits of ${text} are meaningless`;
export const noNetworkToDelete = (text: string) => `no network "${text}" to delete`;
export const duplicateNetwork = (text: string, value: string, old: string) =>
  `duplicate network "${text}", value: "${value}", old value: "${old}"`;
export const duplicateDefaultRange = (value: string, old: string) =>
  `duplicate default geo range value: "${value}", old value: "${old}"`;
export const invalidRange = (text: string) => `invalid range "${text}"`;
export const noRangeToDelete = (text: string) => `no address range "${text}" to delete`;
export const duplicateRange = (text: string, value: string, old: string) =>
  `duplicate range "${text}", value: "${value}", old value: "${old}"`;
export const rangeOverlaps = (text: string, other: string) => `range "${text}" overlaps "${other}"`;
export const invalidPercent = (text: string) => `invalid percent value "${text}"`;
export const percentTotal = 'percent total is greater than 100%';
export const charsetMapBetweenSame = (one: string, two: string) =>
  `"charset_map" between the same charsets "${one}" and "${two}"`;
export const duplicateCharsetMap = (from: string, to: string) => `duplicate "charset_map" between "${from}" and "${to}"`;
export const invalidParametersNumber = 'invalid parameters number';

export const zoneOfDifferentUse = (name: string) => `the shared memory zone "${name}" is already declared for a different use`;
export const zoneSizeConflict = (size: number, name: string, before: number) =>
  `the size ${size} of shared memory zone "${name}" conflicts with already declared size ${before}`;
export const zeroSizeZone = (name: string) => `zero size shared memory zone "${name}"`;
export const invalidZoneSize = (word: string) => `invalid zone size "${word}"`;
export const zoneTooSmall = (word: string) => `zone "${word}" is too small`;
export const invalidKeysZoneSize = (word: string) => `invalid keys zone size "${word}"`;
export const keysZoneTooSmall = (word: string) => `keys zone "${word}" is too small`;
export const invalidZoneName = (word: string) => `invalid zone name "${word}"`;
export const mustHaveParameter = (name: string, parameter: string) => `"${name}" must have "${parameter}" parameter`;
export const alreadyBound = (name: string, zone: string, key: string) => `${name} "${zone}" is already bound to key "${key}"`;
export const invalidNumberOfConnections = (word: string) => `invalid number of connections "${word}"`;
export const connectionLimit = 'connection limit must be less 65536';
export const invalidLevels = (word: string) => `invalid "levels" "${word}"`;
export const invalidUseTempPath = (word: string) => `invalid use_temp_path value "${word}", it must be "on" or "off"`;
export const duplicateZone = (name: string) => `duplicate zone "${name}"`;
export const pathInUse = (path: string, file: string, line: number) => `the same path name "${path}" used in ${file}:${line} and`;
export const pathLevelsDiffer = (path: string, file: string, line: number) =>
  `the same path name "${path}" in ${file}:${line} has the different levels than`;
export const cacheZoneUnknown = (name: string, zone: string) => `"${name}" zone "${zone}" is unknown`;

export const inUpstream = (err: string, url: string) => `${err} in upstream "${url}"`;
export const duplicateUpstream = (name: string) => `duplicate upstream "${name}"`;
export const upstreamMayNotHavePort = (name: string, port: number) => `upstream "${name}" may not have port ${port}`;
export const upstreamMayNotHavePortIn = (name: string, port: number, file: string, line: number) =>
  `upstream "${name}" may not have port ${port} in ${file}:${line}`;
export const noServersInside = 'no servers are inside upstream';
export const noServersInUpstream = (name: string, file: string, line: number) =>
  `no servers in upstream "${name}" in ${file}:${line}`;
export const noPortInUpstreamIn = (name: string, file: string, line: number) =>
  `no port in upstream "${name}" in ${file}:${line}`;
export const noPortInUpstream = (name: string) => `no port in upstream "${name}"`;
export const methodDoesNotSupport = (word: string) => `balancing method does not support parameter "${word}"`;
export const methodRedefined = 'load balancing method redefined';
export const invalidValueIn = (value: string, name: string) => `invalid value "${value}" in "${name}" directive`;
export const resolveNeedsZone = (name: string, file: string, line: number) =>
  `resolving names at run time requires upstream "${name}" in ${file}:${line} to be in shared memory`;
export const noResolver = (name: string, file: string, line: number) =>
  `no resolver defined to resolve names at run time in upstream "${name}" in ${file}:${line}`;

export const invalidUrlPrefix = 'invalid URL prefix';
export const uriNotAllowed = (name: string) =>
  `"${name}" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block`;
export const redirectDefaultWithVariables = '"proxy_redirect default" cannot be used with "proxy_pass" directive with variables';
export const redirectDefaultTooEarly = '"proxy_redirect default" should be placed after the "proxy_pass" directive';
export const buffersTooFew = (buffers: string) => `there must be at least 2 "${buffers}"`;
export const sizeTooSmall = (name: string, size: string, buffers: string) =>
  `"${name}" must be equal to or greater than the maximum of the value of "${size}" and one of the "${buffers}"`;
export const busyTooBig = (name: string, buffers: string) =>
  `"${name}" must be less than the size of all "${buffers}" minus one buffer`;
export const tempFileTooSmall = (name: string, size: string, buffers: string) =>
  `"${name}" must be equal to zero to disable temporary files usage or must be equal to or greater than the maximum of the value of "${size}" and one of the "${buffers}"`;
export const mustHaveTwoCaptures = (pattern: string) => `pattern "${pattern}" must have 2 captures`;

export const duplicateLogFormat = (name: string) => `duplicate "log_format" name "${name}"`;
export const unknownEscaping = (word: string) => `unknown log format escaping "${word}"`;
export const unknownLogFormat = (name: string) => `unknown log format "${name}"`;
export const logFormatNotSpecified = 'log format is not specified';
export const invalidCompressionLevel = (word: string) => `invalid compression level "${word}"`;
export const invalidBufferSize = (word: string) => `invalid buffer size "${word}"`;
export const invalidFlushTime = (word: string) => `invalid flush time "${word}"`;
export const noBufferForLog = (path: string) => `no buffer is defined for access_log "${path}"`;
export const bufferedLogVariables = 'buffered logs cannot have variables in name';
export const syslogNotBuffered = 'logs to syslog cannot be buffered';
export const conflictingLog = (path: string) => `access_log "${path}" already defined with conflicting parameters`;
export const noSyslogServer = 'no syslog server specified';
export const unknownSyslogParameter = (word: string) => `unknown syslog parameter "${word}"`;
export const duplicateSyslog = (name: string) => `duplicate syslog "${name}"`;
export const inSyslogServer = (err: string, url: string) => `${err} in syslog server "${url}"`;
export const unknownSyslogFacility = (word: string) => `unknown syslog facility "${word}"`;
export const unknownSyslogSeverity = (word: string) => `unknown syslog severity "${word}"`;
export const syslogTagTooLong = 'syslog tag length exceeds 32';
export const syslogTagSymbols = 'syslog "tag" only allows alphanumeric characters and underscore';
export const duplicateLogLevel = (word: string) => `duplicate log level "${word}"`;
export const invalidLogLevel = (word: string) => `invalid log level "${word}"`;

export const invalidReferer = (word: string) => `invalid referer "${word}"`;
export const emptyRegexIn = (word: string) => `empty regex in "${word}"`;
export const noneOrBlockedAlone =
  'the "none" or "blocked" referers are specified in the "valid_referers" directive without any valid referer';
export const invalidCode = (word: string) => `invalid code "${word}"`;
export const onlyLastIndexAbsolute = 'only the last index in "index" directive should be absolute';
export const invalidIndex = (word: string) => `index "${word}" in "index" directive is invalid`;
export const unknownBrowser = (name: string) => `unknown browser name "${name}"`;
export const invalidBrowserVersion = (word: string) => `invalid browser version "${word}"`;
export const emptySearchPattern = 'empty search pattern';
export const invalidResolverParameter = (word: string) => `invalid parameter: ${word}`;
export const inResolver = (err: string, url: string) => `${err} in resolver "${url}"`;
export const noNameServers = 'no name servers defined';
export const invalidTimeValue = (word: string) => `invalid time value "${word}"`;
export const invalidStatus = (word: string) => `invalid status "${word}"`;
export const invalidAddress = (word: string) => `invalid address "${word}"`;

export const invalidNumber = (word: string) => `invalid number "${word}"`;
export const invalidEventType = (word: string) => `invalid event type "${word}"`;
export const invalidCharacter = (char: string) => `invalid character "${char}" in "worker_cpu_affinity"`;
export const affinityMasks =
  'the number of "worker_processes" is not equal to the number of "worker_cpu_affinity" masks, using last mask for remaining worker processes';
export const duplicateThreadPool = (name: string) => `duplicate thread pool "${name}"`;
export const unknownThreadPool = (name: string, file: string, line: number) => `unknown thread pool "${name}" in ${file}:${line}`;

export const deprecatedUse = (old: string, instead: string) =>
  `the "${old}" directive is deprecated, use the "${instead}" directive instead`;
export const invalidSessionCache = (word: string) => `invalid session cache "${word}"`;
export const sessionCacheTooSmall = (word: string) => `session cache "${word}" is too small`;
export const invalidOcspCache = (word: string) => `invalid OCSP cache "${word}"`;
export const ocspCacheTooSmall = (word: string) => `OCSP cache "${word}" is too small`;
export const noCertificateFor = (what: string, file: string, line: number) =>
  `no "ssl_certificate" is defined for the "${what}" directive in ${file}:${line}`;
export const noKeyFor = (what: string, file: string, line: number) =>
  `no "ssl_certificate_key" is defined for the "${what}" directive in ${file}:${line}`;
export const noKeyForCertificateAnd = (certificate: string, what: string, file: string, line: number) =>
  `no "ssl_certificate_key" is defined for certificate "${certificate}" and the "${what}" directive in ${file}:${line}`;
export const noKeyForSsl = (file: string, line: number) => noKeyFor('ssl', file, line);
export const noKeyForCertificateAndSsl = (certificate: string, file: string, line: number) =>
  noKeyForCertificateAnd(certificate, 'ssl', file, line);
export const noCertificateForSsl = (file: string, line: number) => noCertificateFor('ssl', file, line);
export const noCertificateForListen = (file: string, line: number) => noCertificateFor('listen ... ssl', file, line);
export const noKeyForCertificate = (certificate: string) =>
  `no "ssl_certificate_key" is defined for certificate "${certificate}"`;
export const noClientCertificate = 'no ssl_client_certificate for ssl_verify_client';
export const noClientCertificateOrTrusted = 'no ssl_client_certificate or ssl_trusted_certificate for ssl_verify_client';
export const ocspIncompatible = '"ssl_ocsp" is incompatible with "ssl_verify_client optional_no_ca"';
export const noTrustedCertificate = (prefix: string) => `no ${prefix}_ssl_trusted_certificate for ${prefix}_ssl_verify`;

export const noListenForServer = (file: string, line: number) => `no "listen" is defined for server in ${file}:${line}`;
export const noHandlerForServer = (file: string, line: number) => `no handler for server in ${file}:${line}`;
export const theInvalidParameter = (word: string) => `the invalid "${word}" parameter`;
export const noKeyForListen = (file: string, line: number) => noKeyFor('listen ... ssl', file, line);
export const noKeyForCertificateAndListen = (certificate: string, file: string, line: number) =>
  noKeyForCertificateAnd(certificate, 'listen ... ssl', file, line);
export const noCertificateForQuic = (file: string, line: number) => noCertificateFor('listen ... quic', file, line);
export const obsolete = (name: string, instead?: string) =>
  `the "${name}" directive is obsolete, ${instead === undefined ? 'ignored' : `use the "${instead}" directive instead`}`;

export const notSupportedIgnored = (name: string) => `"${name}" is not supported, ignored`;
export const largestPreread = (most: number) => `the maximum body preread buffer size is ${most}`;
export const http2ChunkZero = 'the http2 chunk size cannot be zero';
export const noCacheKey = (prefix: string) => `no "${prefix}_cache_key" for "${prefix}_cache"`;
export const couldNotBuildHash = (name: string, size: number) =>
  `could not build ${name}, you should increase ${name}_bucket_size: ${size}`;
export const couldNotBuildOptimalHash = (name: string, max: number, size: number) =>
  `could not build optimal ${name}, you should increase either ${name}_max_size: ${max} or ${name}_bucket_size: ${size}; ignoring ${name}_bucket_size`;
export const alreadyLoaded = (name: string) => `module "${name}" is already loaded`;
export const noCharsetMap = (from: string, to: string) => `no "charset_map" between the charsets "${from}" and "${to}"`;
export const tooFewConnections = (connections: number, sockets: number) =>
  `${connections} worker_connections are not enough for ${sockets} listening sockets`;

export const readFailed = (path: string, errno: number, error: string) => `pread() "${path}" failed (${errno}: ${error})`;
export const syntaxIsOk = (path: string) => `nginx: the configuration file ${path} syntax is ok`;
export const testIsSuccessful = (path: string) => `nginx: configuration file ${path} test is successful`;
export const testFailed = (path: string) => `nginx: configuration file ${path} test failed`;
export const invalidCommandOption = (option: string) => `nginx: invalid option: "${option}"`;
export const invalidSignalOption = (signal: string) => `nginx: invalid option: "-s ${signal}"`;
export const optionRequires = (option: string, what: string) => `nginx: option "-${option}" requires ${what}`;

export const incompatible = (parameter: string, other: string) => `"${parameter}" parameter is incompatible with "${other}"`;
export const protocolsRedefined = (address: string) => `protocol options redefined for ${address}`;
export const serviceRequiresResolve = (url: string) => `service upstream "${url}" requires "resolve" parameter`;
export const serviceWithPort = (url: string) => `service upstream "${url}" may not have port`;
export const serviceRequiresName = (url: string) => `service upstream "${url}" requires domain name`;

export const unknownParameter = (word: string) => `unknown parameter "${word}"`;
export const stickyZoneInUse = (zone: string, upstream: string) =>
  `sticky zone "${zone}" is already used in upstream "${upstream}"`;
export const bothFamiliesOff = '"ipv4" and "ipv6" cannot both be "off"';
export const utf8InSecondColumn = '"charset_map" with "utf-8" charset should be given in the second column';
export const routeIsEmpty = 'route is empty';

export const parameterRequires = (parameter: string, module: string) => `the "${parameter}" parameter requires ${module}`;
export const secureLinkMixed = '"secure_link_secret" cannot be mixed with "secure_link" and "secure_link_md5"';
export const noProxyKey = (prefix: string, certificate: string) =>
  `no "${prefix}_ssl_certificate_key" is defined for certificate "${certificate}"`;
export const serviceIsEmpty = 'service is empty';
export const unknownProtocol = (name: string) => `unknown protocol "${name}"`;
export const unknownMailProtocol = (file: string, line: number) => `unknown mail protocol for server in ${file}:${line}`;
export const noAuthHttp = (file: string, line: number) => `no "auth_http" is defined for server in ${file}:${line}`;
export const inAuthHttp = (err: string, url: string) => `${err} in auth_http "${url}"`;

export const mkdirFailed = (path: string, errno: number, error: string) => `mkdir() "${path}" failed (${errno}: ${error})`;
export const readCallFailed = (path: string, errno: number, error: string) => `read() "${path}" failed (${errno}: ${error})`;
export const noUser = (name: string) => `getpwnam("${name}") failed`;
export const noGroup = (name: string) => `getgrnam("${name}") failed`;
export const userIgnored = 'the "user" directive makes sense only if the master process runs with super-user privileges, ignored';
export const dlopenFailed = (path: string, error: string) => `dlopen() "${path}" failed (${error})`;
export const tooLongLine = (path: string) => `too long line in "${path}"`;
export const zeroKeySize = (path: string) => `"${path}" zero key size`;
export const not48or80 = (path: string) => `"${path}" must be 48 or 80 bytes`;
export const geoipFailed = (path: string) => `GeoIP_open("${path}") failed`;
/** What OpenSSL adds in brackets differs between its releases, and is left out; `how` is the call that failed. */
export const cannotLoadCertificate = (path: string, how: string) => `cannot load certificate "${path}": ${how} failed`;
export const cannotLoadKey = (path: string, how: string) => `cannot load certificate key "${path}": ${how} failed`;
export const opensslFailed = (how: string, path: string) => `${how}("${path}") failed`;
export const inRealIpFrom = (err: string, word: string) => `${err} in set_real_ip_from "${word}"`;
export const inDebugConnection = (err: string, word: string) => `${err} in debug_connection "${word}"`;
export const inPass = (err: string, url: string) => `${err} in "${url}" of the "pass" directive`;
export const hostNotFoundIn = (name: string, file: string, line: number) =>
  `host not found in upstream "${name}" in ${file}:${line}`;

export const needsTls13 = (file: string, line: number) =>
  `"ssl_protocols" must enable TLSv1.3 for the "listen ... quic" directive in ${file}:${line}`;
export const routeTooLong = (most: number) => `route is longer than ${most}`;
export const emptyPath = 'empty path';
export const tooManyPatterns = 'number of search patterns exceeds 255';
export const tooManyCpus = (most: number) => `"worker_cpu_affinity" supports up to ${most} CPUs only`;
export const selectTooSmall = (most: number) => `the maximum number of files supported by select() is ${most}`;
export const invalidSbrkSize = (word: string) => `invalid sbrk size "${word}"`;
export const duplicatePerlHandler = (handler: string) => `duplicate perl handler "${handler}"`;
export const staplingIncompatible = '"ssl_stapling" is incompatible with "ssl_certificate_compression"';
