// The command that publishes a device's first reading, with the host and port that edge really listens on.

import { t } from '../language.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { useLoaded } from '../resources.ts'
import { edgeWhere } from './maker-resources.ts'
import { m } from './maker-words.ts'
import { hostForDevices, type Publisher, publishCommand } from './publish-command.ts'

export function PublishCommand(publisher: Publisher) {
  const loaded = useLoaded(edgeWhere)
  if (loaded.kind !== 'ready') return null
  const { address } = loaded.value
  if (address === null) return <p class="field-hint">{m('edge.away')}</p>
  const where = { host: hostForDevices(address.host, location.hostname), port: address.mqttPort }
  return (
    <>
      <p>{t('maker.secret.try')}</p>
      <CopyText text={publishCommand(publisher, where, Date.now())} label="mosquitto_pub" />
    </>
  )
}
