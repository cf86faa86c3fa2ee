package dev.plumbline.server.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a JVM counts about itself, read from outside. */
final class Counters implements AutoCloseable {
  /**
   * One reading.
   *
   * @param allocatedBytes allocated on the heap since the start, by all threads
   * @param cpuNanos processor time used since the start
   */
  record Reading(long allocatedBytes, long cpuNanos) {
    /** What came between two readings. */
    Reading since(Reading earlier) {
      return new Reading(allocatedBytes - earlier.allocatedBytes, cpuNanos - earlier.cpuNanos);
    }
  }

  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  /** Attaches to a JVM of this user. */
  // The address is what that JVM said of itself, not what a stranger sent.
  @SuppressWarnings("BanJNDI")
  Counters(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        connector =
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException(e);
    }
    beans = connector.getMBeanServerConnection();
  }

  Reading read() throws IOException {
    return new Reading(
        value("java.lang:type=Threading", "TotalThreadAllocatedBytes"),
        value("java.lang:type=OperatingSystem", "ProcessCpuTime"));
  }

  private long value(String bean, String attribute) throws IOException {
    try {
      return (Long) beans.getAttribute(new ObjectName(bean), attribute);
    } catch (JMException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
