module github.com/golokalise/lokalise/oauth/xoauth2

go 1.26.0

require github.com/golokalise/lokalise v0.0.0

require golang.org/x/oauth2 v0.37.0

replace github.com/golokalise/lokalise => ../..
