/** Where bytes are kept: the {@link dev.dailies.vault.AssetVault} port and its S3 adapter. */
@NullMarked
package dev.dailies.vault;

import org.jspecify.annotations.NullMarked;
