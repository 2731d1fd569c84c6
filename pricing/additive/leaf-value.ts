// What one cell of a table should say, for the log-link models whose variance is a power p of the mean: Poisson (1), Tweedie
// (between) and gamma (2). Everything a step needs of a cell's rows are two sums.
//
// With weights w, responses y and means mu:  a = Σ w y mu^(1-p),  b = Σ w mu^(2-p). The score of a common log factor d is
// a - b; multiplying every mu by e^d gives a e^((1-p) d) and b e^((2-p) d), so the score vanishes at d = log(a / b), and its
// variance is phi b, where phi is the dispersion (Jørgensen, The Theory of Dispersion Models, 1997, chapter 4).

/** How much of the claims a cell must hold before it is believed: its factor counts half when b is as large as this prior. */
export type Prior = number

/** The log factor of a cell, drawn towards none by the prior: credibility within the loss itself. */
export function leafValue(a: number, b: number, prior: Prior): number {
  return Math.log((a + prior) / (b + prior))
}

/** What a cell of its own is worth: the Newton decrement of its factor. */
export function leafGain(a: number, b: number, prior: Prior): number {
  const score = a - b
  return (score * score) / (b + prior)
}
