package drive

func (d *driver) orders() {
	card := object{"number": "4242424242424242", "cvc": "123", "exp_month": 1, "exp_year": 2040}
	id := d.do("payment_cards.create", nil, nil, card).at("card_id")
	d.do("payment_cards.list", nil, pages(), nil)
	d.do("payment_cards.get", ids{id}, nil, nil)
	d.do("translation_providers.list", ids{teamID}, pages(), nil)
	d.do("translation_providers.get", ids{teamID, 4}, nil, nil)
	key := d.someKey(projectID, "ordered")
	whole := object{
		"project_id": projectID, "branch": "master", "payment_method": "credit_card", "card_id": id, "briefing": "Be nice",
		"source_language_iso": "en", "target_language_isos": list{"fr"}, "keys": list{key}, "provider_slug": "gengo", "translation_tier": 1,
		"is_saved_to_translation_memory": true, "dry_run": true, "translation_style": "friendly",
	}
	d.do("orders.create", ids{teamID}, nil, whole)
	whole["dry_run"] = false
	order := d.do("orders.create", ids{teamID}, nil, whole).at("order_id")
	d.do("orders.list", ids{teamID}, pages(), nil)
	d.do("orders.get", ids{teamID, order}, nil, nil)
	d.do("payment_cards.delete", ids{id}, nil, nil)
}
