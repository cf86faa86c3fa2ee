package dev.plumbline.evidence.bundle.release;

import org.jspecify.annotations.Nullable;

/**
 * What a run says about one check or gate.
 *
 * @param id the check or gate
 * @param status shown, failed or not run
 * @param why the failure, or the reason for seeing nothing; null when it is shown
 */
public record Shown(String id, Standing status, @Nullable String why) {}
