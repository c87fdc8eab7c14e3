package dev.darkroom.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes records of a YAML tree and goes on after a problem, so that the next one is found too. Used once. */
final class RecordReader {

    private final ObjectMapper mapper;
    private final List<String> problems;

    RecordReader(ObjectMapper mapper, List<String> problems) {
        this.mapper = mapper;
        this.problems = problems;
    }

    /** The record at {@code path}, or null if anything in it is wrong, which is then among the problems. */
    <T extends Record> @Nullable T read(JsonNode node, Class<T> type, String path) {
        if (!node.isObject()) {
            problem(path, "must be a group of settings: " + names(type));
            return null;
        }
        int before = problems.size();
        reportUnknownKeys(node, type, path);
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] =
                    component(node.get(components[i].getName()), components[i], join(path, components[i].getName()));
        }
        if (problems.size() > before) {
            return null;
        }
        T record = construct(type, values, path);
        if (record != null) {
            Constraints.check(record, path, problems);
        }
        return problems.size() > before ? null : record;
    }

    private void reportUnknownKeys(JsonNode node, Class<? extends Record> type, String path) {
        List<String> known = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problem(join(path, name), "is no setting; known here are " + names(type));
            }
        });
    }

    private @Nullable Object component(@Nullable JsonNode node, RecordComponent component, String path) {
        if (node == null || node.isNull()) {
            return absent(component, path);
        }
        return value(node, component.getGenericType(), path);
    }

    private @Nullable Object absent(RecordComponent component, String path) {
        if (component.getType().isPrimitive()) {
            // Zero or false: the record's constructor puts its default in this place.
            return Array.get(Array.newInstance(component.getType(), 1), 0);
        }
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return null;
        }
        problem(path, "is missing; " + Constraints.demandOf(component));
        return null;
    }

    private @Nullable Object value(JsonNode node, Type type, String path) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list(node, list.getActualTypeArguments()[0], path);
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return read(node, record.asSubclass(Record.class), path);
        }
        try {
            return mapper.treeToValue(node, mapper.constructType(type));
        } catch (ValueInstantiationException e) {
            problem(
                    path,
                    e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage());
            return null;
        } catch (JsonProcessingException e) {
            problem(path, "is '" + node.asText() + "', which cannot be read: " + e.getOriginalMessage());
            return null;
        }
    }

    private @Nullable Object list(JsonNode node, Type element, String path) {
        if (!node.isArray()) {
            problem(path, "must be a list: one '- ' line for each entry");
            return null;
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            values.add(value(node.get(i), element, path + "[" + i + "]"));
        }
        return values.contains(null) ? null : List.copyOf(values);
    }

    private <T extends Record> @Nullable T construct(Class<T> type, @Nullable Object[] values, String path) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getConstructor(parameters).newInstance(values);
        } catch (InvocationTargetException e) {
            problem(path, e.getCause() == null ? e.toString() : e.getCause().getMessage());
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " is no configuration record: it must be public", e);
        }
    }

    private void problem(String path, @Nullable String what) {
        problems.add((path.isEmpty() ? "the file" : path) + " " + what);
    }

    private static String names(Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.joining(", "));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
