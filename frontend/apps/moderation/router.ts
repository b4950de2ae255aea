import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'

const VIEWS = { waiting: '', escalated: '/escalated', snoozed: '/snoozed', decided: '/decided' } as const
const desks: RouteRecordRaw[] = Object.entries(VIEWS).map(([view, path]) => ({
  path: `${path}/:at(cases)?/:id?`,
  component: () => import('./routes/DeskPage.vue'),
  props: ({ params }: RouteLocationNormalized) => ({ view, id: (params['id'] as string) || null }),
  meta: { texts: [], place: view },
  children: [],
}))

export const router = createRouter({
  history: createWebHistory('/moderation'),
  routes: [
    { path: '/policies', component: () => import('./routes/PoliciesPage.vue'), meta: { texts: [], place: 'policies' } },
    ...desks,
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
