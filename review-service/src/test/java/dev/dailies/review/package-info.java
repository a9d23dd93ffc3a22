package dev.dailies.review;
