// The simulated town with its vehicles as dots that move, and its homes as tiles; the town is on no map, so it is drawn here.

import { town, townCentre } from '../../../devices/simulator/town.ts'
import { formatNumber, formatSpeed } from '../../messages/format.ts'
import type { RunProgress } from '../../runs/run-shapes.ts'
import { locale, t } from '../language.ts'
import { m } from '../maker/maker-words.ts'
import { Figure } from '../parts/figure.tsx'
import { pathOf } from '../routes.ts'

const metresPerDegree = 111_195
const halfM = 3900
const eastDegreeM = metresPerDegree * Math.cos((townCentre.latitude * Math.PI) / 180)

interface FleetMapProps {
  readonly picture: RunProgress['picture']
  /** False where its devices are of a Merit that is no more. */
  readonly isLinked?: boolean
}

export function FleetMap({ picture: { vehicles, homes }, isLinked = true }: FleetMapProps) {
  const driving = vehicles.filter(({ isDriving }) => isDriving).length
  const rows = vehicles.map((vehicle) => ({ ...vehicle }))
  return (
    <>
      <Figure
        title={m('map.title')}
        caption={m('map.caption', { driving, all: vehicles.length })}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'id',
            title: t('device.id'),
            cell: ({ id }) => (isLinked ? <a href={pathOf({ kind: 'device', deviceId: id })}>{id}</a> : id),
          },
          { key: 'speed', title: m('map.speed'), isNumber: true, cell: ({ speedKph }) => formatSpeed(speedKph, locale.value) },
        ]}
      >
        <svg class="fleet-map" viewBox={`${-halfM} ${-halfM} ${2 * halfM} ${2 * halfM}`} role="img" aria-label={m('map.title')}>
          {town.roads.map(({ from, to, limitKph }) => {
            const [a, b] = [town.crossings[from], town.crossings[to]]
            if (a === undefined || b === undefined || from > to) return null
            const width = limitKph > 50 ? 'fleet-road fleet-road-wide' : 'fleet-road'
            return <line key={`${from}-${to}`} class={width} x1={a.eastM} y1={-a.northM} x2={b.eastM} y2={-b.northM} />
          })}
          {vehicles.map(({ id, latitude, longitude, isDriving }) => {
            const east = (longitude - townCentre.longitude) * eastDegreeM
            const north = (latitude - townCentre.latitude) * metresPerDegree
            return (
              <circle
                key={id}
                class={isDriving ? 'fleet-dot fleet-dot-driving' : 'fleet-dot'}
                r={isDriving ? 95 : 70}
                style={{ transform: `translate(${Math.round(east)}px, ${Math.round(-north)}px)` }}
              >
                <title>{id}</title>
              </circle>
            )
          })}
        </svg>
      </Figure>
      {homes.length === 0 ? null : (
        <>
          <h3 class="fleet-homes-title">{m('map.homes')}</h3>
          <ul class="fleet-homes">
            {homes.map(({ id, isLeaking, temperature }) => (
              <li key={id} class={isLeaking ? 'fleet-home fleet-home-leaking' : 'fleet-home'}>
                {isLinked ? <a href={pathOf({ kind: 'device', deviceId: id })}>{id.split('-').at(-1)}</a> : id.split('-').at(-1)}
                <span>{m(isLeaking ? 'home.leak' : 'home.dry')}</span>
                <span class="message-note">
                  {temperature === null ? '–' : `${formatNumber(temperature, locale.value, 1)} °C`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
