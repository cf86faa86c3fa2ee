/**
 * What keeps the server within its limits: permits by role, the monitor that looks at them, circuit
 * breakers, rates, retry budgets, what waits for each peer, and the named limits. Wires and
 * messages do not belong here.
 */
@NullMarked
package dev.plumbline.server.limit;

import org.jspecify.annotations.NullMarked;
