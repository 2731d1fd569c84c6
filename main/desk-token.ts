// The name of the secret in the data folder that the office asks edge's desk with.

export const deskTokenName = 'edge-token'
