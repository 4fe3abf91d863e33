import type { Past } from './busy.ts'

/** Where each page of the dashboard is, by the name of its picture. */
export const dashboardPages = (past: Past): Record<string, string> => ({
  overview: '/dashboard/',
  'overview-week': '/dashboard/?span=7d',
  jobs: '/dashboard/jobs/',
  'jobs-failed': '/dashboard/jobs/?state=failed',
  'jobs-found': '/dashboard/jobs/?q=not+verified&by=words',
  'jobs-none': '/dashboard/jobs/?q=nowhere',
  'bulk-confirm': '/dashboard/jobs/bulk/retry?state=failed',
  job: `/dashboard/jobs/${past.job}`,
  payload: `/dashboard/jobs/${past.job}/payload`,
  'dead-letters': '/dashboard/dead-letters/',
  'dead-letters-group': `/dashboard/dead-letters/groups/${past.fingerprint}`,
  'dead-letters-message': `/dashboard/dead-letters/messages/${past.letter}`,
  periodic: '/dashboard/periodic/',
  'periodic-sweep': '/dashboard/periodic/sweep',
  'periodic-failed': '/dashboard/periodic/sweep?state=failed',
  mails: '/dashboard/mails/',
  'mails-bounced': '/dashboard/mails/?state=bounced',
  deliveries: '/dashboard/deliveries/',
  'deliveries-one': `/dashboard/deliveries/${past.delivery}`,
  actions: '/dashboard/actions',
  api: '/api/docs'
})
