/** Where each page of the dashboard is, by the name of its picture; `job` is the id of one with a story. */
export const dashboardPages = (job: number): Record<string, string> => ({
  overview: '/dashboard/',
  'overview-week': '/dashboard/?span=7d',
  jobs: '/dashboard/jobs/',
  'jobs-failed': '/dashboard/jobs/?state=failed',
  'jobs-found': '/dashboard/jobs/?q=not+verified&by=words',
  'jobs-none': '/dashboard/jobs/?q=nowhere',
  'bulk-confirm': '/dashboard/jobs/bulk/retry?state=failed',
  job: `/dashboard/jobs/${job}`,
  periodic: '/dashboard/periodic/',
  'periodic-sweep': '/dashboard/periodic/sweep',
  'periodic-failed': '/dashboard/periodic/sweep?state=failed',
  actions: '/dashboard/actions'
})
