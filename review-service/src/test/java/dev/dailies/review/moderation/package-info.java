package dev.dailies.review.moderation;
