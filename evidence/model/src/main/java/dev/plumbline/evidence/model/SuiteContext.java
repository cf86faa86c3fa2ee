package dev.plumbline.evidence.model;

import java.nio.file.Path;

/**
 * What a suite's driver gets from whoever runs it.
 *
 * @param settings the user's decisions
 * @param raw the suite's own existing folder, {@code raw/<suite>}; the driver writes nowhere else
 * @param progress where to tell what happens
 */
public record SuiteContext(RunSettings settings, Path raw, Progress progress) {}
