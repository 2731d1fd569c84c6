// The one input whose name rating knows: the distance a policy declares, which the observed one replaces by and by.

/** Kilometres a year are declared under this name. */
export const declaredKmInput = 'kmPerYear'
