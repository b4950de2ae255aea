import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'

const at = (place: string) => ({ texts: [], place })
const idOf = ({ params }: RouteLocationNormalized) => ({ id: (params['id'] as string | undefined) ?? null })

export const router = createRouter({
  history: createWebHistory('/growth'),
  routes: [
    { path: '/', component: () => import('./routes/CockpitPage.vue'), props: idOf, meta: at('cockpit') },
    { path: '/campaigns', component: () => import('./routes/CampaignsPage.vue'), meta: at('campaigns') },
    { path: '/campaigns/new', component: () => import('./routes/EditorPage.vue'), props: ({ query }) => ({ id: null, kind: String(query['kind'] ?? 'group_price') }), meta: at('campaigns') },
    { path: '/campaigns/:id', component: () => import('./routes/EditorPage.vue'), props: idOf, meta: at('campaigns') },
    { path: '/campaigns/:id/cockpit', component: () => import('./routes/CockpitPage.vue'), props: idOf, meta: at('cockpit') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
