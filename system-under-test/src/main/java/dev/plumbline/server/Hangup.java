package dev.plumbline.server;

import dev.plumbline.server.config.ChangeRefusedException;
import dev.plumbline.server.config.Configuration;
import dev.plumbline.server.config.InvalidConfigException;
import dev.plumbline.server.config.RestartNeededException;
import dev.plumbline.server.observe.Log;
import java.lang.reflect.Proxy;
import java.util.Optional;

/** SIGHUP reads the settings again, as with other servers. */
final class Hangup {
  private Hangup() {}

  /**
   * Reloads these settings at every SIGHUP. The JDK offers signals only in a module without a
   * stable interface, so it is looked up; where it is missing, the control port still reloads.
   */
  static void reloads(Configuration configuration) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object reload =
          Proxy.newProxyInstance(
              Hangup.class.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                reload(configuration);
                return null;
              });
      Object hangup = signal.getConstructor(String.class).newInstance("HUP");
      var _ = signal.getMethod("handle", signal, handler).invoke(null, hangup, reload);
    } catch (ReflectiveOperationException | RuntimeException e) {
      Log.failure("hangup", e);
    }
  }

  private static void reload(Configuration configuration) {
    try {
      configuration.reload(Optional.empty());
    } catch (InvalidConfigException e) {
      Log.line(e.everything());
    } catch (RestartNeededException | ChangeRefusedException e) {
      Log.line(String.valueOf(e.getMessage()));
    }
  }
}
