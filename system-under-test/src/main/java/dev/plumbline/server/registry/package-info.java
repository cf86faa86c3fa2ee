/**
 * What lives in this server, by type and key: registered by an owner, found in constant time,
 * listed page by page, and gone when its owner ends. One node is authoritative for what is here
 * (C16); what several nodes share is the session store's. What the entries do does not belong here.
 */
@NullMarked
package dev.plumbline.server.registry;

import org.jspecify.annotations.NullMarked;
