package dev.dailies.prompt.access;

import dev.dailies.edge.OidcProperties;
import dev.dailies.messaging.Outbox;
import dev.dailies.prompt.audit.Audit;
import dev.dailies.prompt.generation.Transactions;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Resolves principals from the own database, and changes who they are and what they may do. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Bean
  KeyStore keyStore(JdbcClient jdbc) {
    return new JdbcKeyStore(jdbc);
  }

  @Bean
  MemberStore memberStore(JdbcClient jdbc) {
    return new JdbcMemberStore(jdbc);
  }

  @Bean
  WorkspaceStore workspaceStore(JdbcClient jdbc) {
    return new JdbcWorkspaceStore(jdbc);
  }

  @Bean(initMethod = "start")
  LastUsed lastUsed(KeyStore keys, Clock clock, AccessProperties properties) {
    return new LastUsed(keys, clock, properties.lastUsed());
  }

  @Bean
  JdbcKeyDirectory keyDirectory(JdbcClient jdbc, LastUsed lastUsed, AccessProperties properties) {
    return new JdbcKeyDirectory(jdbc, properties.cache(), lastUsed::note);
  }

  @Bean
  AccessLog accessLog(
      Outbox outbox, Audit audit, Transactions transactions, JdbcKeyDirectory directory) {
    return new AccessLog(outbox, audit, transactions, directory::forget);
  }

  @Bean
  Keys keys(
      KeyStore keys, WorkspaceStore workspaces, AccessLog log, OidcProperties oidc, Clock clock) {
    return new Keys(keys, workspaces, log, oidc.configuredIssuer(), clock);
  }

  @Bean
  Members members(
      MemberStore members,
      WorkspaceStore workspaces,
      Keys keys,
      AccessLog log,
      OidcProperties oidc,
      Clock clock) {
    return new Members(members, workspaces, keys, log, oidc.configuredIssuer(), clock);
  }

  @Bean
  Workspaces workspaces(
      WorkspaceStore workspaces, Keys keys, AccessLog log, AccessProperties properties) {
    return new Workspaces(workspaces, keys, log, properties.home());
  }

  @Bean(initMethod = "start")
  AccessSeeding accessSeeding(
      JdbcClient jdbc,
      Outbox outbox,
      Audit audit,
      PlatformTransactionManager manager,
      AccessProperties properties,
      ServerProperties server,
      JdbcKeyDirectory directory) {
    InetAddress address = server.getAddress();
    boolean loopbackOnly = address != null && address.isLoopbackAddress();
    return new AccessSeeding(
        new JdbcAccessRegister(jdbc, outbox, audit, new TransactionTemplate(manager)),
        properties.effective(loopbackOnly),
        directory::markReady,
        PAUSE);
  }
}
