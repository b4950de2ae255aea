import { createRouter, createWebHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHistory('/moderation'),
  routes: [{ path: '/:rest(.*)*', component: () => import('./routes/StartPage.vue') }],
})
