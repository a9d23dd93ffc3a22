package dev.dailies.worker.ledger;

/** A claimed render that wants a slot of an endpoint. */
public record SlotWish(HeldRender render, String endpoint) {}
