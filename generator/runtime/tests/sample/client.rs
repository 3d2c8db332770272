//! The client of the sample API, its settings, and the way to its operations.

use crate::runtime::{Auth, Server, Variable, client};
use crate::users::Users;

static SERVER: Server = Server {
    url: "https://{subdomain}.example.com",
    variables: &[Variable {
        name: "subdomain",
        ..Variable::NEW
    }],
};

client! {
    /// Client of the sample API. Cheap to clone.
    Client, ClientBuilder, &SERVER
}

impl Client {
    /// What calls are made of, for tests of calls that this client does not have.
    pub fn core(&self) -> crate::runtime::Core {
        self.core.clone()
    }

    /// Users of the account.
    pub fn users(&self) -> Users<'_> {
        Users(&self.core)
    }
}

impl ClientBuilder {
    /// The account's name, as in the address `https://{subdomain}.example.com`.
    pub fn subdomain(mut self, subdomain: &str) -> Self {
        self.0.set_variable("subdomain", subdomain);
        self
    }

    /// HTTP Basic with an e-mail address and a password.
    pub fn basic(self, user: &str, password: &str) -> Self {
        self.credential("basic", Auth::basic(user, password))
    }
}
