// Starts the web app.

import { render } from 'preact'
import { App } from './app.tsx'
import { loadCatalogue } from './catalogues.ts'
import { locale } from './language.ts'
import { startRouter } from './router.ts'
import { askSession } from './session.ts'
import './style/tokens.css'
import './style/base.css'
import './style/shell.css'
import './style/parts.css'
import './style/tables.css'
import './style/doors.css'
import './style/premium.css'
import './style/trips.css'
import './style/homes.css'

const place = document.querySelector('#app')
if (place === null) throw new Error('index.html has no #app')

startRouter()
void askSession()
await loadCatalogue(locale.peek())
render(<App />, place)
