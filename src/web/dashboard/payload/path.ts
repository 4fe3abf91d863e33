/** Where the operator mends the order of a failed job. */
export const payloadPath = (id: number) => `/dashboard/jobs/${id}/payload`
