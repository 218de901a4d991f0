/** Users, password hashes and tokens, for servers without a user management of their own. */
@SuppressWarnings("module") // The library of password hashes has a digit in its name.
module dev.hotupdater.login {
  requires transitive dev.hotupdater.core;
  requires com.nimbusds.jose.jwt;
  requires org.slf4j;
  // Named after its file: it says nothing of modules itself.
  requires password4j;
  requires static org.jspecify;

  exports dev.hotupdater.login;
}
