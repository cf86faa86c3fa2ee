package dev.plumbline.conformance.model;

/**
 * One requirement that a walk found broken.
 *
 * @param clause the id of the clause in the ledger
 * @param summary what is wrong, one sentence
 * @param expected what the page asks for, in our words
 * @param actual what came instead
 * @param fix what to change
 */
public record Breach(String clause, String summary, String expected, String actual, String fix) {}
