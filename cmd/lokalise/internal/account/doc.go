// Package account keeps the logins of the command line: for each account a
// token and what is needed to use and renew it, in one sealed file in the
// person's configuration folder.
//
// The file is a tokens/filestore. Two records make up an account:
//
//   - "account/NAME" is the [Profile]: how the account was connected, for which
//     servers, and with which OAuth app. The app's secret is in it, since a
//     token cannot be renewed without. Package tokens keeps one string under a
//     name, sealed; the profile is stored as such a string.
//   - "token/NAME/LOGIN" is the token. Each login has a name of its own, which
//     the profile holds: so writing the profile replaces both in one step, and
//     a token is never sent to the servers of another login.
//
// What seals the file comes from [Keys]: the keyring of the operating system,
// a key file or the environment. There is no way to store a token without.
package account
