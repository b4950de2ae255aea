/** Take over the committed schema of the API, from which the types of every document are inferred. */
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'

const printed = join(import.meta.dirname, '..', '..', 'backend', 'config', 'schema.graphql')
if (existsSync(printed)) copyFileSync(printed, join(import.meta.dirname, '..', 'schema.graphql'))
