// The clock of whoever looks: for what belongs to no policy.

export const viewerTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
