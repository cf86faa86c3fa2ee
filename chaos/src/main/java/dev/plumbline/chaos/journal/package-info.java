/**
 * What an experiment leaves behind: one file of JSON lines a failure mode, {@code FM-07.jsonl},
 * described in {@link dev.plumbline.chaos.journal.Entry}, and {@code suite.json}, described in
 * {@link dev.plumbline.chaos.journal.SuiteLog}. Writing and reading only; drawing conclusions does
 * not belong here.
 */
@NullMarked
package dev.plumbline.chaos.journal;

import org.jspecify.annotations.NullMarked;
