// What Merit makes of readings: a trip that ended, a premium that changed, advice for a person.

import type { NodeAPI } from 'node-red'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { followFor } from '../following.ts'
import { premiumOf } from '../merit-api.ts'
import { type PaletteNode, registerPaletteType } from '../palette-node.ts'
import { deviceOf, placeOf } from '../places.ts'

const TripEventSchema = Type.Object({
  policyId: Type.String(),
  trip: Type.Object({ id: Type.String(), status: Type.String() }),
})
const tripEvent = Compile(TripEventSchema)
const PremiumEventSchema = Type.Object({ policyId: Type.String(), premiumMinor: Type.Integer(), currency: Type.String() })
const premiumEvent = Compile(PremiumEventSchema)
const livePath = '/api/v1/live'

export default function register(red: NodeAPI): void {
  registerPaletteType(red, { type: 'merit-trip-ended', begin: beginTrips })
  registerPaletteType(red, { type: 'merit-premium', begin: beginPremiums })
  registerPaletteType(red, { type: 'merit-nudge', begin: beginNudges })
}

function beginTrips(node: PaletteNode): void {
  const place = placeOf(node.text('place', ''), node.say('noPlace'))
  const only = node.text('policy', '')
  followFor(node, place, livePath, (event, data) => {
    if (event !== 'trip' || !tripEvent.Check(data) || data.trip.status !== 'ended') return
    if (only === '' || only === data.policyId) node.send({ topic: data.policyId, payload: data.trip })
  })
}

function beginPremiums(node: PaletteNode): void {
  const place = placeOf(node.text('place', ''), node.say('noPlace'))
  const only = node.text('policy', '')
  const isFollowing = node.isOn('follows', true)
  if (isFollowing)
    followFor(node, place, livePath, (event, data) => {
      if (event !== 'premium' || !premiumEvent.Check(data)) return
      if (only === '' || only === data.policyId)
        node.send({ topic: data.policyId, payload: { premiumMinor: data.premiumMinor, currency: data.currency } })
    })
  // Asked for one: the premium with its whole worksheet.
  node.onInput(async (message) => {
    const policy = only === '' && typeof message.topic === 'string' ? message.topic : only
    if (policy === '') throw new Error(node.say('noPolicy'))
    node.send({ topic: policy, payload: await premiumOf(place, policy) })
  })
}

/** As the device gets it, over MQTT. */
function beginNudges(node: PaletteNode): void {
  const device = deviceOf(node.text('merit', ''), node.say('noDevice'))
  const unwatch = device.watch((event) => {
    if (event.kind === 'online') node.show('green', node.say('following'))
    else if (event.kind === 'offline') node.show('yellow', node.say('offline'))
    else if (event.kind === 'nudge') node.send({ topic: device.id, payload: event.payload })
  })
  node.onClose(unwatch)
  device.signIn().catch((error: unknown) => node.fail(error))
}
