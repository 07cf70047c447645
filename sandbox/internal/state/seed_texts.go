package state

import "time"

// The files that the keys of the seed come from.
const (
	seedFileMobile  = "app.json"
	seedFileWebsite = "site.json"
	seedFileOffice  = "office/%LANG_ISO%.yml"
)

// seededProjects are the projects of the seed in their order.
var seededProjects = []seededProject{
	{
		id: "3150927465e5a1d12ac0b7.40718253", isos: []string{"en", "de", "fr", "ja"}, by: SeedUserID,
		created: time.Date(2024, 3, 4, 10, 26, 25, 0, time.UTC), keys: seedMobileKeys,
		comments: []seededComment{
			{"cart.items", "Is the number always a whole one?", seedUserMember},
			{"cart.items", "Yes, we round before it is shown.", SeedUserID},
			{"error.offline", "Please keep it short: it has to fit one line.", seedUserAdmin},
		},
	},
	{
		id: "7746120366054f3a0b41e2.18890427", isos: []string{"en", "es", "pt_BR"}, by: SeedUserID,
		created: time.Date(2024, 3, 28, 11, 6, 34, 0, time.UTC), keys: seedWebsiteKeys,
		comments: []seededComment{{"hero.title", "Marketing wants to try another one in May.", seedUserMember}},
	},
	{
		id: "5098341266b0c94c1d2f85.73310946", isos: []string{"en", "de"}, by: seedUserAdmin,
		created: time.Date(2024, 8, 5, 12, 45, 0, 0, time.UTC), keys: seedHelpKeys,
		comments: []seededComment{{"refund_body", "Legal has to see the German text.", seedUserAdmin}},
	},
	{
		id: "2284570167190e5806ba31.55207718", isos: []string{"en", "pl"}, by: seedUserAdmin,
		created: time.Date(2024, 10, 23, 14, 55, 20, 0, time.UTC), keys: seedOfficeKeys,
		comments: []seededComment{{"orders.count", "Polish needs all four forms here.", seedUserMember}},
	},
}

const seedApps = "ios android"

var seedMobileKeys = []seededKey{
	{name: "welcome.title", platforms: seedApps, file: seedFileMobile, texts: []string{"Welcome back, {name}!", "Willkommen zurück, {name}!", "Bon retour, {name} !", "お帰りなさい、{name}さん"}, tags: []string{"onboarding"}, reviewed: 4},
	{name: "welcome.subtitle", platforms: seedApps, file: seedFileMobile, texts: []string{"Good to see you again.", "Schön, dass du wieder da bist.", "Ravis de vous revoir.", ""}, tags: []string{"onboarding"}, reviewed: 2},
	{name: "login.button", platforms: seedApps, file: seedFileMobile, texts: []string{"Sign in", "Anmelden", "Se connecter", "ログイン"}, description: "Button below the form", reviewed: 4},
	{name: "login.forgot", platforms: seedApps, file: seedFileMobile, texts: []string{"Forgot your password?", "Passwort vergessen?", "Mot de passe oublié ?", "パスワードをお忘れですか？"}, reviewed: 3},
	{name: "cart.title", platforms: seedApps, file: seedFileMobile, texts: []string{"Your cart", "Dein Warenkorb", "Votre panier", "カート"}, tags: []string{"checkout"}, reviewed: 4},
	{name: "cart.items", platforms: seedApps, file: seedFileMobile, texts: []string{"%d item|%d items", "%d Artikel|%d Artikel", "%d article||%d articles", "商品%d点"}, tags: []string{"checkout"}, plural: true, reviewed: 2},
	{name: "checkout.pay", platforms: seedApps, file: seedFileMobile, texts: []string{"Pay now", "Jetzt bezahlen", "Payer", ""}, tags: []string{"checkout", "release-2.4"}, reviewed: 1},
	{name: "checkout.total", platforms: seedApps, file: seedFileMobile, texts: []string{"Total: %@", "Summe: %@", "Total : %@", "合計：%@"}, tags: []string{"checkout"}, reviewed: 1, unverified: "fr"},
	{name: "error.offline", platforms: seedApps, file: seedFileMobile, texts: []string{"You are offline", "Keine Verbindung", "Hors ligne", "オフラインです"}, description: "Shown in a bar at the top", reviewed: 2},
	{name: "error.retry", platforms: seedApps, file: seedFileMobile, texts: []string{"Try again", "Erneut versuchen", "", ""}, reviewed: 1},
	{name: "settings.language", platforms: seedApps, file: seedFileMobile, texts: []string{"Language", "Sprache", "Langue", "言語"}, reviewed: 4},
	{name: "debug.build", platforms: "android", file: seedFileMobile, texts: []string{"Build %s", "", "", ""}, description: "Not for translators", hidden: true},
}

var seedWebsiteKeys = []seededKey{
	{name: "nav.home", platforms: "web", file: seedFileWebsite, texts: []string{"Home", "Inicio", "Início"}, tags: []string{"navigation"}, reviewed: 3},
	{name: "nav.pricing", platforms: "web", file: seedFileWebsite, texts: []string{"Pricing", "Precios", "Preços"}, tags: []string{"navigation"}, reviewed: 3},
	{name: "nav.help", platforms: "web", file: seedFileWebsite, texts: []string{"Help", "Ayuda", "Ajuda"}, tags: []string{"navigation"}, reviewed: 2},
	{name: "hero.title", platforms: "web", file: seedFileWebsite, texts: []string{"Everything in one place", "Todo en un solo lugar", "Tudo em um só lugar"}, reviewed: 1},
	{name: "hero.text", platforms: "web", file: seedFileWebsite, texts: []string{"Try it <b>30 days</b> for free.", "Pruébelo <b>30 días</b> gratis.", "Experimente <b>30 dias</b> grátis."}, reviewed: 2},
	{name: "hero.action", platforms: "web", file: seedFileWebsite, texts: []string{"Start now", "Empezar ahora", ""}, reviewed: 1},
	{name: "pricing.seats", platforms: "web", file: seedFileWebsite, texts: []string{"{count} seat|{count} seats", "{count} puesto||{count} puestos", "{count} lugar||{count} lugares"}, plural: true, reviewed: 1},
	{name: "pricing.month", platforms: "web", file: seedFileWebsite, texts: []string{"per month", "al mes", "por mês"}, reviewed: 3},
	{name: "footer.contact", platforms: "web", file: seedFileWebsite, texts: []string{"Write to hello@example.com", "Escriba a hello@example.com", "Escreva para hello@example.com"}, unverified: "es", reviewed: 1},
	{name: "footer.imprint", platforms: "web", file: seedFileWebsite, texts: []string{"Imprint", "", ""}},
	{name: "cookie.notice", platforms: "web", file: seedFileWebsite, texts: []string{"We use two cookies.", "Usamos dos cookies.", "Usamos dois cookies."}, hidden: true, reviewed: 1},
	{name: "banner.spring", platforms: "web", file: seedFileWebsite, texts: []string{"Spring offer", "Oferta de primavera", ""}, archived: true},
}

var seedHelpKeys = []seededKey{
	{name: "start_title", platforms: "web", texts: []string{"First steps", "Erste Schritte"}, reviewed: 2},
	{name: "start_body", platforms: "web", texts: []string{"Create an account. Invite your team. You are done.", "Lege ein Konto an. Lade dein Team ein. Fertig."}, reviewed: 1},
	{name: "invite_title", platforms: "web", texts: []string{"Invite people", "Leute einladen"}, reviewed: 2},
	{name: "invite_body", platforms: "web", texts: []string{"Open the settings and choose Team.", ""}},
	{name: "invite_count", platforms: "web", texts: []string{"%{count} invitation|%{count} invitations", "%{count} Einladung|%{count} Einladungen"}, plural: true, reviewed: 1},
	{name: "export_title", platforms: "web", texts: []string{"Export your data", "Daten exportieren"}, tags: []string{"data"}, reviewed: 1},
	{name: "export_body", platforms: "web", texts: []string{"An export takes up to 10 minutes.", "Ein Export dauert bis zu 10 Minuten."}, tags: []string{"data"}},
	{name: "refund_title", platforms: "web", texts: []string{"Refunds", "Erstattung"}, tags: []string{"legal"}, reviewed: 1},
	{name: "refund_body", platforms: "web", texts: []string{"Tell us within 14 days.", "Melde dich innerhalb von 14 Tagen."}, tags: []string{"legal"}, unverified: "de"},
	{name: "contact_title", platforms: "web", texts: []string{"Still stuck?", "Noch Fragen?"}, reviewed: 2},
	{name: "contact_body", platforms: "web", texts: []string{"We answer on workdays, see https://status.example.com.", ""}},
	{name: "editor_note", platforms: "web", texts: []string{"Check the pictures before publishing.", ""}, hidden: true},
}

var seedOfficeKeys = []seededKey{
	{name: "menu.orders", platforms: "web", file: seedFileOffice, texts: []string{"Orders", "Zamówienia"}, reviewed: 2},
	{name: "menu.customers", platforms: "web", file: seedFileOffice, texts: []string{"Customers", "Klienci"}, reviewed: 2},
	{name: "menu.reports", platforms: "web", file: seedFileOffice, texts: []string{"Reports", "Raporty"}, reviewed: 1},
	{name: "orders.count", platforms: "web", file: seedFileOffice, texts: []string{"%{count} order|%{count} orders", "%{count} zamówienie|%{count} zamówienia|%{count} zamówień|%{count} zamówienia"}, plural: true, reviewed: 1},
	{name: "orders.ship", platforms: "web", file: seedFileOffice, texts: []string{"Mark as shipped", "Oznacz jako wysłane"}, tags: []string{"actions"}, reviewed: 1},
	{name: "orders.cancel", platforms: "web", file: seedFileOffice, texts: []string{"Cancel order", "Anuluj zamówienie"}, tags: []string{"actions"}, unverified: "pl"},
	{name: "orders.refund", platforms: "web", file: seedFileOffice, texts: []string{"Refund %{amount}", ""}, tags: []string{"actions"}},
	{name: "customers.search", platforms: "web", file: seedFileOffice, texts: []string{"Name or e-mail", "Nazwisko lub e-mail"}, reviewed: 1},
	{name: "customers.none", platforms: "web", file: seedFileOffice, texts: []string{"Nobody found", "Nikogo nie znaleziono"}},
	{name: "reports.month", platforms: "web", file: seedFileOffice, texts: []string{"This month", "Ten miesiąc"}, reviewed: 2},
	{name: "reports.download", platforms: "web", file: seedFileOffice, texts: []string{"Download as CSV", ""}},
	{name: "admin.impersonate", platforms: "web", file: seedFileOffice, texts: []string{"Sign in as customer", "Zaloguj jako klient"}, hidden: true},
}
