/**
 * Model servers behind one port. Each wire protocol has a sub-package of its own; what differs
 * between two servers of one protocol is data of the registry.
 */
@NullMarked
package dev.dailies.worker.endpoint;

import org.jspecify.annotations.NullMarked;
