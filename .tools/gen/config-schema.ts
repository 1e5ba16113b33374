// docs/nginxlint.schema.json: what a configuration file may hold, for editors.
import { configSchema } from '../../src/lint/configuration/schema.ts';
import { registry } from '../../src/lint/registry.ts';

/** For tools: the schema as a file. */
export async function generate(): Promise<{ path: string; text: string }[]> {
  const schema = configSchema(registry);
  return [{ path: 'docs/nginxlint.schema.json', text: `${JSON.stringify(schema, null, 2)}\n` }];
}
