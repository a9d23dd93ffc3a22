/** What the services share: ids, topics, failure vocabulary, schemas and their codec. */
@NullMarked
package dev.dailies.contracts;

import org.jspecify.annotations.NullMarked;
