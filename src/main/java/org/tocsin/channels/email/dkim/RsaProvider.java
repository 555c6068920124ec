package org.tocsin.channels.email.dkim;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.security.Security;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who computes RSA: Amazon's provider signs almost three times as fast as the JDK, where its native
 * library can be loaded. It is asked for nothing else.
 */
final class RsaProvider {
  private static final Logger log = LoggerFactory.getLogger(RsaProvider.class);

  private RsaProvider() {}

  static Provider quickest() {
    return orTheJdk(RsaProvider::amazons);
  }

  private static Provider amazons() {
    AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
    return AmazonCorrettoCryptoProvider.INSTANCE;
  }

  /** The library is made for one system and processor, and checks itself when it is loaded. */
  static Provider orTheJdk(Supplier<Provider> quicker) {
    try {
      return quicker.get();
    } catch (RuntimeException | LinkageError unusable) {
      log.atWarn()
          .addKeyValue("why", String.valueOf(unusable.getMessage()))
          .log("Mail is signed by the JDK, which takes three times as long");
      return Security.getProvider("SunRsaSign");
    }
  }
}
