import '@/shared/styles/element'
import 'element-plus/es/components/date-picker/style/css'
import 'element-plus/theme-chalk/el-switch.css'
import '@/shared/styles/tokens.css'
import '@/shared/styles/console.css'
import '@/shared/styles/console-parts.css'
import { createApp } from 'vue'
import urql from '@urql/vue'
import { makeClient } from '@/shared/graphql/client'
import { loadTexts } from '@/shared/i18n'
import { askToSignIn } from '@/shared/session/sign-in'
import { followTheme } from '@/shared/session/theme'
import App from './App.vue'
import { router } from './router'

followTheme()
const app = createApp(App)
  .use(urql, makeClient(() => askToSignIn()))
  .use(router)
await Promise.all([loadTexts(['growth', 'search', 'staff', 'accounts']), router.isReady()])
app.mount('#app')
