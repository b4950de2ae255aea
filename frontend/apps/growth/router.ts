import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { loadTexts } from '@/shared/i18n'

const at = (place: string, texts: string[] = []) => ({ texts, place })
const showOf = (to: RouteLocationNormalized) => ({ ...idOf(to), show: (to.query['show'] as string | undefined) ?? null })
const idOf = ({ params }: RouteLocationNormalized) => ({ id: (params['id'] as string | undefined) ?? null })

export const router = createRouter({
  history: createWebHistory('/growth'),
  routes: [
    { path: '/', component: () => import('./routes/CockpitPage.vue'), props: idOf, meta: at('cockpit') },
    { path: '/campaigns', component: () => import('./routes/CampaignsPage.vue'), meta: at('campaigns') },
    { path: '/coupons', component: () => import('./routes/CouponsPage.vue'), meta: at('coupons') },
    { path: '/campaigns/new', component: () => import('./routes/EditorPage.vue'), props: ({ query }) => ({ id: null, kind: String(query['kind'] ?? 'group_price') }), meta: at('campaigns') },
    { path: '/campaigns/:id', component: () => import('./routes/EditorPage.vue'), props: idOf, meta: at('campaigns') },
    { path: '/campaigns/:id/cockpit', component: () => import('./routes/CockpitPage.vue'), props: idOf, meta: at('cockpit') },
    { path: '/orders', component: () => import('./routes/OrdersPage.vue'), props: showOf, meta: at('orders', ['fulfilment']) },
    { path: '/orders/:id', component: () => import('./routes/OrdersPage.vue'), props: showOf, meta: at('orders', ['fulfilment']) },
    { path: '/payments', component: () => import('./routes/PaymentsPage.vue'), meta: at('payments', ['payments']) },
    { path: '/fraud/:id?', component: () => import('./routes/FraudPage.vue'), props: idOf, meta: at('fraud', ['fraud']) },
    { path: '/flash', component: () => import('./routes/FlashPage.vue'), meta: at('flash', ['flash']) },
    { path: '/members', component: () => import('./routes/MembersPage.vue'), meta: at('members', ['memberdesk']) },
    { path: '/stock', component: () => import('./routes/StockPage.vue'), meta: at('stock', ['stock']) },
    { path: '/products', component: () => import('./routes/GoodsPage.vue'), meta: at('products', ['merchandising']) },
    { path: '/products/review/:id', component: () => import('./routes/RevisionPage.vue'), props: true, meta: at('products', ['merchandising']) },
    { path: '/products/:desk(review|reports|returns|shelves|exchange)', component: () => import('./routes/GoodsDeskPage.vue'), props: true, meta: at('products', ['merchandising']) },
    { path: '/products/new', component: () => import('./routes/GoodsEditorPage.vue'), props: idOf, meta: at('products', ['merchandising']) },
    { path: '/products/:id', component: () => import('./routes/GoodsEditorPage.vue'), props: idOf, meta: at('products', ['merchandising']) },
    { path: '/reviews', component: () => import('./routes/ReviewsPage.vue'), meta: at('reviews', ['reviews']) },
    { path: '/search', component: () => import('./routes/SearchPage.vue'), meta: at('search') },
    { path: '/aftersales/knowledge', component: () => import('./routes/AfterSalesBookPage.vue'), props: { shows: 'knowledge' }, meta: at('aftersales', ['afterdesk']) },
    { path: '/aftersales/report', component: () => import('./routes/AfterSalesBookPage.vue'), props: { shows: 'report' }, meta: at('aftersales', ['afterdesk']) },
    { path: '/aftersales/:id?', component: () => import('./routes/AfterSalesPage.vue'), props: idOf, meta: at('aftersales', ['afterdesk']) },
    { path: '/care', component: () => import('./routes/CarePage.vue'), props: { shows: 'plans' }, meta: at('care', ['protection', 'tradein']) },
    { path: '/care/:shows(lists|inspect)', component: () => import('./routes/CarePage.vue'), props: true, meta: at('care', ['protection', 'tradein']) },
    { path: '/help/articles', component: () => import('./routes/HelpDeskPage.vue'), props: { shows: 'articles' }, meta: at('help', ['support']) },
    { path: '/help', component: () => import('./routes/HelpDeskPage.vue'), props: { shows: 'tickets' }, meta: at('help', ['support']) },
    { path: '/quality/improvements/:id?', component: () => import('./routes/QualityPage.vue'), props: (to) => ({ shows: 'improvements', ...idOf(to) }), meta: at('quality', ['quality']) },
    { path: '/quality/:shows(carriers|surveys|service)', component: () => import('./routes/QualityPage.vue'), props: ({ params }) => ({ shows: params['shows'], id: null }), meta: at('quality', ['quality']) },
    { path: '/channels', component: () => import('./routes/ChannelsPage.vue'), meta: at('channels', ['channels']) },
    { path: '/creators', component: () => import('./routes/CreatorsPage.vue'), meta: at('creators', ['creators']) },
    { path: '/payouts', component: () => import('./routes/PayoutsPage.vue'), meta: at('payouts', ['creators']) },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

router.beforeEach(async (to) => {
  await loadTexts(to.meta['texts'] as string[])
})
