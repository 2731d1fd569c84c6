// `npm run client`: writes the web app's typed client out of the route table.

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { clientShapesSource, clientSource } from '../dashboard/api/client-source.ts'
import { routes } from '../dashboard/api/routes.ts'

const folder = new URL('../dashboard/web/', import.meta.url)

writeFileSync(fileURLToPath(new URL('client.ts', folder)), clientSource(routes))
writeFileSync(fileURLToPath(new URL('client-shapes.ts', folder)), clientShapesSource(routes))
