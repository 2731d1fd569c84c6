// What a phone says of its motion when it does not know how it lies in the vehicle: the part of the vehicle's signals that is in the
// phone's own axes, or in the earth's. Merit finds the vehicle's axes from the drive itself.
//
// The phone's axes are Android's and iOS's: seen with the screen upright in front of you, X points right, Y up along the screen and Z
// out of it towards you. A phone at rest feels +9.81 along the axis that points up: what Android calls `accelerometer`, and iOS gives in
// g and with the opposite sign (−9.81 × `CMAccelerometerData.acceleration`, or of `gravity` + `userAcceleration`).
// Rotation is positive by the right hand about each axis, on both systems; both give it in rad/s.
// Ten to a hundred readings a second; speed and position stand in those that have them, usually one a second.

export const phoneSignals = [
  {
    name: 'PhoneAccelerationX',
    vssPath: null,
    unit: 'm/s²',
    type: 'number',
    min: -320,
    max: 320,
    describes: 'felt along the phone’s own X, gravity included: +9.81 when that axis points up and nothing moves',
  },
  {
    name: 'PhoneAccelerationY',
    vssPath: null,
    unit: 'm/s²',
    type: 'number',
    min: -320,
    max: 320,
    describes: 'felt along the phone’s own Y, gravity included: +9.81 when that axis points up and nothing moves',
  },
  {
    name: 'PhoneAccelerationZ',
    vssPath: null,
    unit: 'm/s²',
    type: 'number',
    min: -320,
    max: 320,
    describes: 'felt along the phone’s own Z, gravity included: +9.81 when that axis points up and nothing moves',
  },
  {
    name: 'PhoneGravityX',
    vssPath: null,
    unit: 'm/s²',
    type: 'number',
    min: -20,
    max: 20,
    describes: 'the part of PhoneAccelerationX that the phone takes for gravity; where it is sent, up is known at once',
  },
  {
    name: 'PhoneGravityY',
    vssPath: null,
    unit: 'm/s²',
    type: 'number',
    min: -20,
    max: 20,
    describes: 'the part of PhoneAccelerationY that the phone takes for gravity; where it is sent, up is known at once',
  },
  {
    name: 'PhoneGravityZ',
    vssPath: null,
    unit: 'm/s²',
    type: 'number',
    min: -20,
    max: 20,
    describes: 'the part of PhoneAccelerationZ that the phone takes for gravity; where it is sent, up is known at once',
  },
  {
    name: 'PhoneRotationX',
    vssPath: null,
    unit: 'deg/s',
    type: 'number',
    min: -4000,
    max: 4000,
    describes: 'about the phone’s own X, by the right hand',
  },
  {
    name: 'PhoneRotationY',
    vssPath: null,
    unit: 'deg/s',
    type: 'number',
    min: -4000,
    max: 4000,
    describes: 'about the phone’s own Y, by the right hand',
  },
  {
    name: 'PhoneRotationZ',
    vssPath: null,
    unit: 'deg/s',
    type: 'number',
    min: -4000,
    max: 4000,
    describes: 'about the phone’s own Z, by the right hand',
  },
  {
    name: 'EarthAccelerationEast',
    vssPath: null,
    unit: 'm/s²',
    type: 'number',
    min: -320,
    max: 320,
    describes:
      'towards magnetic or true east, gravity removed, of a phone that turned its axes to the earth; AngularVelocityYaw goes with it',
  },
  {
    name: 'EarthAccelerationNorth',
    vssPath: null,
    unit: 'm/s²',
    type: 'number',
    min: -320,
    max: 320,
    describes:
      'towards magnetic or true north, gravity removed, of a phone that turned its axes to the earth; AngularVelocityYaw goes with it',
  },
  {
    name: 'EarthAccelerationUp',
    vssPath: null,
    unit: 'm/s²',
    type: 'number',
    min: -320,
    max: 320,
    describes: 'towards the sky, gravity removed, of a phone that turned its axes to the earth; AngularVelocityYaw goes with it',
  },
] as const
